/** Carries the page that was asked for through the sign-in. */
const to = new URLSearchParams(location.search).get('to');
const field = document.querySelector('input[name=to]');
if (to && field instanceof HTMLInputElement) field.value = to;
