/** An order as the tools tell it: snake_case, decimal amounts with their currency, ISO 8601 dates. */
export function describeOrder(order, orders) {
  const money = (cents) => ({ amount: (cents / 100).toFixed(2), currency_code: order.currency });
  return {
    id: order.id,
    order_number: order.name,
    created_at: iso(order.createdAt),
    financial_status: order.financialStatus,
    fulfillment_status: order.fulfillmentStatus,
    canceled_at: iso(order.canceledAt),
    cancel_reason: order.cancelReason,
    hold_reason: order.holdReason,
    ships_at: iso(order.shipsAt),
    line_items: order.lineItems.map((line) => ({
      id: line.id,
      title: line.title,
      variant_title: line.variantTitle,
      sku: line.sku,
      variant_id: line.variantId,
      quantity: line.quantity,
      returnable_quantity: orders.returnableQuantity(order, line.id),
      price: money(line.cents),
      total: money(line.cents * line.quantity),
    })),
    subtotal: money(order.subtotal),
    shipping: money(order.shipping),
    total: money(order.subtotal + order.shipping),
    shipping_address: order.customer.address,
    shipments: order.shipments.map(describeShipment),
    refunds: order.refunds.map((refund) => ({
      id: refund.id,
      created_at: iso(refund.createdAt),
      amount: money(refund.cents),
    })),
    returns: order.returns.map(describeReturn),
  };
}

export function describeReturn(entry) {
  return {
    id: entry.id,
    name: entry.name,
    status: entry.status,
    created_at: iso(entry.createdAt),
    line_items: entry.lineItems.map((line) => ({
      line_item_id: line.id,
      quantity: line.quantity,
      return_reason: line.reason,
      customer_note: line.customerNote,
    })),
  };
}

function describeShipment(shipment) {
  return {
    id: shipment.id,
    status: shipment.status,
    method: shipment.pickup ? "PICK_UP" : "SHIPPING",
    shipped_at: iso(shipment.shippedAt),
    estimated_delivery_at: iso(shipment.estimatedDeliveryAt),
    delivered_at: iso(shipment.deliveredAt),
    tracking: shipment.tracking,
    line_items: shipment.lineItems.map(({ id, quantity }) => ({ line_item_id: id, quantity })),
  };
}

function iso(date) {
  return date ? date.toISOString() : null;
}
