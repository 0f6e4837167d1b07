/**
 * Which fields each CRM shows, learnt from what was read of any of its leads. Kept in `storage.local`, because the worker
 * forgets and a lead's empty field must not become an unknown one by that. It holds names of fields, no values.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { fieldNameSchema } from '../ledger/lead-schema';
import type { Observation } from '../lead/lead';
import { groupOf, shownAfter, viewOf, type Shown } from '../lead/readable';
import { readStored } from '../settings/stored';
import type { WorkerContext } from './context';

const storageKey = 'shownFields';
/** A person works with a handful of record types; a page that makes up more of them fills no storage. */
const groupsAtMost = 200;

const names = z.array(fieldNameSchema).max(30);
const schema = z.record(
  z.string().max(500),
  z.strictObject({
    api: names.exactOptional(),
    record: names.exactOptional(),
    list: names.exactOptional(),
    board: names.exactOptional(),
  }),
);

export type ShownFields = Readonly<Record<string, Shown>>;

/** What the worker knows; one object for its life, so that two that learn at once do not forget each other's. */
interface Knowledge {
  shown: ShownFields;
}

const knowledge = new WeakMap<WorkerContext, Promise<Knowledge>>();

function known(context: WorkerContext): Promise<Knowledge> {
  let reading = knowledge.get(context);
  if (!reading) {
    reading = readStored('local', storageKey, schema).then((stored) => ({
      shown: stored.kind === 'value' ? stored.value : {},
    }));
    knowledge.set(context, reading);
  }
  return reading;
}

/** What is known, read from storage once in the worker's life. */
export async function shownFields(context: WorkerContext): Promise<ShownFields> {
  return (await known(context)).shown;
}

/** Learns from observations; writes only when one of them shows a field for the first time, so hardly ever. */
export async function learnShownFields(observations: readonly Observation[], context: WorkerContext): Promise<void> {
  const memory = await known(context);
  const after: Record<string, Shown> = { ...memory.shown };
  let isNew = false;
  for (const observation of observations) {
    const [group, view] = [groupOf(observation.id), viewOf(observation)];
    const shown = Object.hasOwn(after, group) ? after[group] : undefined;
    if (!shown && Object.keys(after).length >= groupsAtMost) continue;
    const fields = shownAfter(shown?.[view], observation.fields);
    if (fields === shown?.[view]) continue;
    after[group] = { ...shown, [view]: fields };
    isNew = true;
  }
  if (!isNew) return;
  memory.shown = after;
  // Without it flags are silent a little longer after the next start; nothing is lost.
  await browser.storage.local.set({ [storageKey]: after }).catch(() => {});
}
