/**
 * Which lead is on hand in a tab. Nobody but the tab's own content script knows, so it is asked anew every time: whatever
 * was kept here would outlive the page. It answers by a message of its own, because only of a message does the browser say
 * which origin it comes from.
 */
import { defineExtensionMessaging } from '@webext-core/messaging';
import { parseLeadKey } from '../lead/lead';
import type { PageProtocol } from '../messages/contract';
import type { OnHand } from '../messages/panel';
import { RefusedError, type Sender } from '../messages/router';

/** A page answers within a task of its own; one that is as busy as that is asked again by the person, ms. */
const patienceMs = 2_000;

const pages = defineExtensionMessaging<PageProtocol>();
const waiting = new Map<number, Set<(said: OnHand) => void>>();

/**
 * @returns `null` where no CRM is read in this tab.
 * @throws when the page does not answer.
 */
export async function askOnHand(tabId: number): Promise<OnHand | null> {
  const asking = waiting.get(tabId) ?? new Set();
  waiting.set(tabId, asking);
  let hear: (said: OnHand) => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = new Promise<OnHand>((resolve, reject) => {
    hear = resolve;
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  asking.add(hear);
  // A tab without our script answers with an error, one whose page is no CRM not at all.
  const nobody = pages.sendMessage('sayOnHand', undefined, { tabId, frameId: 0 }).then(
    () => heard,
    () => null,
  );
  try {
    return await Promise.race([heard, nobody]);
  } finally {
    clearTimeout(timer);
    asking.delete(hear);
    if (asking.size === 0) waiting.delete(tabId);
  }
}

/**
 * A page says what is on hand.
 * @returns whether nobody had asked: then it is news.
 * @throws RefusedError where the lead is another site's.
 */
export function hearOnHand(said: OnHand, { tabId, origin }: Sender): boolean {
  if (tabId === null || (said.lead !== null && parseLeadKey(said.lead)?.origin !== origin))
    throw new RefusedError('refused');
  const asking = waiting.get(tabId);
  asking?.forEach((hear) => hear(said));
  return asking === undefined;
}
