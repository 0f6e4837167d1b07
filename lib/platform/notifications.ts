/**
 * Browser notifications where the person allowed them. Firefox has no buttons on them and refuses a notification that asks
 * for some (developer.mozilla.org, "notifications.NotificationOptions"): there a click on the whole of it opens.
 */
import { browser } from 'wxt/browser';

export interface Notice {
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly string[];
}

const permission = { permissions: ['notifications' as const] };

/** The permission is optional: a page asks for it at the click that switches reminders on, and it may be taken back. */
export async function mayNotify(): Promise<boolean> {
  return (await browser.permissions.contains(permission).catch(() => false)) && browser.notifications !== undefined;
}

/** Shows a notice, or puts it in the place of the one with this id. @returns whether the browser took it. */
export async function notify(id: string, { title, message, buttons }: Notice): Promise<boolean> {
  const plain = { type: 'basic' as const, iconUrl: browser.runtime.getURL('/icon/128.png'), title, message };
  const withButtons = { ...plain, buttons: buttons.map((words) => ({ title: words })) };
  const show = async (options: typeof plain): Promise<boolean> => {
    await browser.notifications.create(id, options);
    return true;
  };
  return show(withButtons)
    .catch(() => show(plain))
    .catch(() => false);
}

export const clearNotice = (id: string): Promise<unknown> =>
  Promise.resolve(browser.notifications?.clear(id)).catch(() => false);

/**
 * Listens to clicks; call it at every start of the worker and when the permission was given, because before that there is
 * nothing to listen to. Twice is once.
 */
export function onNotice(pressed: (id: string, button: number | null) => void): () => void {
  let heard: unknown;
  return () => {
    const { notifications } = browser;
    if (notifications === undefined || heard === notifications) return;
    heard = notifications;
    notifications.onClicked?.addListener((id) => pressed(id, null));
    notifications.onButtonClicked?.addListener((id, button) => pressed(id, button));
  };
}
