const POST = 6;
const FREE_FROM = 80;
const MOST_OF_ONE = 20;
const KEPT_AS = 'saltmarsh.basket';

const euro = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Quantities by product, kept for this tab; a page without storage keeps them until it is left. */
function readKept() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '[]');
    return new Map(kept.filter(([, count]) => Number.isInteger(count) && count > 0 && count <= MOST_OF_ONE));
  } catch {
    return new Map();
  }
}

function keep(quantities) {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify([...quantities]));
  } catch {
    // Storage is refused in some frames: the basket then lives as long as the page.
  }
}

/** The products as the page shows them: name, price in euro, drawing. */
function readProducts(page) {
  const cards = [...page.querySelectorAll('.product')];
  return new Map(
    cards.map((card) => [
      card.dataset.product,
      {
        name: card.dataset.name,
        price: Number(card.dataset.price),
        drawing: card.querySelector('img').src,
        button: card.querySelector('[data-add]'),
      },
    ]),
  );
}

/** Makes the basket of `page` work: adding, counting, the drawer, the totals and the order button. */
export function openShopWith(page) {
  const at = (id) => page.getElementById(id);
  const drawer = at('basket');
  const products = readProducts(page);
  const quantities = new Map([...readKept()].filter(([id]) => products.has(id)));

  function change(id, count) {
    if (count > MOST_OF_ONE) {
      at('basket-told').textContent = `Twenty of one thing is all that a firing gives.`;
      return;
    }
    if (count > 0) quantities.set(id, count);
    else quantities.delete(id);
    keep(quantities);
    draw();
  }

  function line(id, count) {
    const product = products.get(id);
    const item = at('basket-line').content.cloneNode(true).firstElementChild;
    item.dataset.id = id;
    item.querySelector('img').src = product.drawing;
    item.querySelector('h3').textContent = product.name;
    item.querySelector('.sum').textContent = euro.format(product.price * count);
    item.querySelector('output').textContent = count;
    item.querySelector('[data-less]').ariaLabel = `One ${product.name} less`;
    item.querySelector('[data-more]').ariaLabel = `One ${product.name} more`;
    return item;
  }

  function draw() {
    const all = [...quantities];
    const pieces = all.reduce((sum, [, count]) => sum + count, 0);
    const goods = all.reduce((sum, [id, count]) => sum + products.get(id).price * count, 0);
    const post = goods >= FREE_FROM ? 0 : POST;
    at('basket-count').textContent = pieces;
    at('basket-open').toggleAttribute('data-filled', pieces > 0);
    at('basket-lines').replaceChildren(...all.map(([id, count]) => line(id, count)));
    at('basket-empty').hidden = pieces > 0;
    at('basket-foot').hidden = pieces === 0;
    at('basket-post').textContent = post === 0 ? 'Free' : euro.format(post);
    at('basket-total').textContent = euro.format(goods + post);
    at('basket-order').hidden = false;
    at('basket-ordered').hidden = true;
  }

  for (const [id, product] of products) {
    product.button.addEventListener('click', () => {
      change(id, (quantities.get(id) ?? 0) + 1);
      at('basket-told').textContent = `${product.name}: ${quantities.get(id)} in the basket.`;
      product.button.textContent = 'In the basket';
      setTimeout(() => {
        product.button.textContent = 'Add to basket';
      }, 1600);
    });
  }

  at('basket-lines').addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    const { id } = button.closest('.line').dataset;
    const step = button.hasAttribute('data-more') ? 'more' : 'less';
    change(id, quantities.get(id) + (step === 'more' ? 1 : -1));
    // The line was drawn anew: the focus goes back to the same button, or to the way out.
    const same = at('basket-lines').querySelector(`[data-id="${id}"] [data-${step}]`);
    (same ?? at('basket-close')).focus();
  });

  at('basket-open').addEventListener('click', () => drawer.showModal());
  at('basket-close').addEventListener('click', () => drawer.close());
  drawer.addEventListener('click', (event) => {
    if (event.target === drawer) drawer.close();
  });
  at('basket-order').addEventListener('click', () => {
    at('basket-order').hidden = true;
    at('basket-ordered').hidden = false;
    at('basket-ordered').focus();
  });
  draw();
}
