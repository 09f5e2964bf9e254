// Calls from before the chat is there wait in a queue.
window.befriend ??= (...call) => {
  window.befriend.q ??= [];
  window.befriend.q.push(call);
};

const output = document.querySelector('output');

window.befriend('on', 'order.tracked', ({ body }) => {
  output.textContent = `Your ${body.item} is ${body.state}.`;
});
window.befriend('on', 'order.missing', ({ body }) => {
  output.textContent = `There is no order ${body.order} of yours.`;
});
document.querySelector('button').addEventListener('click', () => {
  window.befriend('emit', 'order.track', { order: 7 });
});

// The card of an order; its words are shown by whoever has no such page.
window.befriend('render', 'order.card', ({ order, item, state }) => {
  const card = document.createElement('article');
  card.className = 'order-card';
  for (const [name, text] of [
    ['strong', `Order ${order}`],
    ['span', item],
    ['em', state],
  ]) {
    card.appendChild(document.createElement(name)).textContent = text;
  }
  return card;
});
