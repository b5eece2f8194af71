export const getLoyaltyPoints = {
  definition: {
    name: "get_loyalty_points",
    description: "Get the customer's points and tier in the shop's loyalty programme.",
    inputSchema: { type: "object", properties: {}, required: [] },
    outputSchema: {
      type: "object",
      properties: {
        points: { type: "integer", minimum: 0 },
        tier: { type: "string", enum: ["Clay", "Kiln", "Glaze"] },
        points_to_next_tier: { type: "integer", minimum: 0 },
      },
      required: ["points", "tier", "points_to_next_tier"],
      additionalProperties: false,
    },
  },
  run(_args, { customer: { loyalty } }) {
    return { points: loyalty.points, tier: loyalty.tier, points_to_next_tier: loyalty.pointsToNextTier };
  },
};
