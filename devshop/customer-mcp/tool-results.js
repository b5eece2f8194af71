/** Why a tool cannot do what it was asked, in words for the customer's assistant. */
export class ToolRefusal extends Error {}

/** A tool's answer as MCP content: JSON text, and as structured content for tools with an output schema. */
export function textResult(answer, { structured }) {
  return {
    content: [{ type: "text", text: JSON.stringify(answer) }],
    ...(structured ? { structuredContent: answer } : {}),
  };
}

export function refusal(text) {
  return { content: [{ type: "text", text }], isError: true };
}

export function processingFailure() {
  return refusal("Unable to process the request, try again");
}
