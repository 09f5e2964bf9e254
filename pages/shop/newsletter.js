/** What is wrong with the address, in words that say what to do; empty when it is fine. */
function complaint(input) {
  const { valueMissing, typeMismatch } = input.validity;
  if (valueMissing || input.value.trim() === '') return 'Please write your email address.';
  if (typeMismatch || !/@[^@\s]+\.[^@\s]+$/.test(input.value)) {
    return 'This address looks incomplete. It should read like name@example.com.';
  }
  return '';
}

/** Makes the newsletter form of `page` check the address and say thank you. Nothing is sent anywhere. */
export function askForAddress(page) {
  const form = page.getElementById('newsletter');
  const input = page.getElementById('email');
  const error = page.getElementById('email-error');
  const thanks = page.getElementById('newsletter-thanks');

  function show(message) {
    error.textContent = message;
    if (message) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  input.addEventListener('input', () => {
    if (input.hasAttribute('aria-invalid')) show(complaint(input));
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const message = complaint(input);
    show(message);
    if (message) {
      input.focus();
      return;
    }
    page.getElementById('newsletter-address').textContent = input.value.trim();
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
  });
}
