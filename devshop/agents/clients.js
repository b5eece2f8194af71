/**
 * The agents that the shop's platform knows, with what each shows to get a token. An agent's profiles are all under one
 * address, and its tokens go with these alone.
 */
export const AGENTS = Object.freeze([
  Object.freeze({
    name: "demo",
    clientId: "9d1f3b5a7c2e4860b1d3f5a7c9e2b4d6",
    clientSecret: "shpss_local_5b0e2c7d9f1a4e6380c2d4f6a8b1c3e5",
  }),
  Object.freeze({
    name: "other",
    clientId: "2e4c6a8b0d1f3e5c7a9b1d3f5e7c9a0b",
    clientSecret: "shpss_local_c81d4a7f2e5b9036d8f1a4c7e0b3d6f9",
  }),
]);

export function agentByClientId(clientId) {
  return AGENTS.find((agent) => agent.clientId === clientId);
}
