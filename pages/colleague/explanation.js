const button = document.getElementById('explain');
const explanation = document.getElementById('explanation');
const roomy = matchMedia('(width >= 1000px)');

function show(shown) {
  explanation.hidden = !shown;
  button.ariaExpanded = String(shown);
}

button.addEventListener('click', () => show(explanation.hidden));
roomy.addEventListener('change', () => show(roomy.matches));
show(roomy.matches);
