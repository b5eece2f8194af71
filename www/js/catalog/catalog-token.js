/**
 * The former catalog wants a token of the agent, and the agent's secret is on no page: a server of the integrator's
 * fetches the token. In the demo the local shop's control API is that server.
 *
 * @param {string} control
 * @returns {() => Promise<import("/pkg/index.js").AgentToken>}
 */
export function catalogToken(control) {
  return async () => {
    const answer = await fetch(`${control}/agents/token`, { method: "POST" });
    if (!answer.ok) throw new Error(`The server that fetches tokens answered ${answer.status}.`);
    return answer.json();
  };
}
