/** The page's own requests to its API. Failures are told once, in the corner. */
import { element } from './dom.js';
import { word } from './words.js';

/** @param {string} key */
export function tell(key) {
  document.querySelector('.toast')?.remove();
  const toast = element('div', { class: 'toast', role: 'status' }, word(key));
  document.body.append(toast);
  setTimeout(() => toast.remove(), 5_000);
}

/**
 * @param {string} path
 * @param {object} [change] sent as PATCH
 * @returns {Promise<any>} the answer; `null` when there is none, which the person has been told by then
 */
export async function ask(path, change) {
  try {
    const response = await fetch(path, {
      headers: { Accept: 'application/json', ...(change ? { 'Content-Type': 'application/json' } : {}) },
      ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
    });
    if (response.status === 404) return null;
    if (!response.ok) {
      tell(response.status === 401 || response.status === 429 ? `failed.${response.status}` : 'failed.other');
      return null;
    }
    return await response.json();
  } catch {
    tell('failed.other');
    return null;
  }
}

/** @param {string} id @param {object} change */
export const patch = async (id, change) => (await ask(`/api/leads/${id}`, change))?.lead ?? null;
