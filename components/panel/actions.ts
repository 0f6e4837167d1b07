/**
 * What can be done with a lead: each action with its one key. Which of them a person is offered is the worker's word
 * (`PanelWork.offers`); here is only what they look like and in which order they stand.
 */
import {
  Ban,
  Check,
  CirclePause,
  CirclePlay,
  Flag,
  Gauge,
  Link,
  LockOpen,
  MessageCircleReply,
  OctagonMinus,
  Phone,
  Recycle,
  BellOff,
  StickyNote,
  type LucideIcon,
} from 'lucide-react';
import type { ActName, ActRefusal, PanelWork } from '../../lib/messages/acts';
import { t } from '../../lib/platform/i18n';
import { reasonLabel } from './labels';

export type ActionName = Exclude<ActName, 'undo' | 'dismiss'> | 'snooze' | 'copy';

export interface ActionShape {
  readonly name: ActionName;
  readonly key: string;
  readonly icon: LucideIcon;
  /** It is done at once; the others open a form. */
  readonly atOnce?: true;
}

export const undoKey = 'u';
export const helpKey = '?';

/** A place in the row. Where it holds two, the second takes the place of the first while it can be done: pause, resume. */
const places: readonly (readonly [ActionShape, ActionShape?])[] = [
  [{ name: 'accept', key: 'a', icon: Check, atOnce: true }],
  [{ name: 'reject', key: 'r', icon: Ban }],
  [{ name: 'recycle', key: 'c', icon: Recycle }],
  [{ name: 'touch', key: 't', icon: Phone }],
  [
    { name: 'pause', key: 'p', icon: CirclePause },
    { name: 'resume', key: 'p', icon: CirclePlay, atOnce: true },
  ],
  [
    { name: 'block', key: 'b', icon: OctagonMinus },
    { name: 'unblock', key: 'b', icon: LockOpen },
  ],
  [{ name: 'flag', key: 'f', icon: Flag }],
  [{ name: 'answer', key: 'w', icon: MessageCircleReply }],
  [{ name: 'readiness', key: 'y', icon: Gauge }],
  [{ name: 'note', key: 'n', icon: StickyNote }],
  [{ name: 'snooze', key: 's', icon: BellOff }],
  [{ name: 'copy', key: 'l', icon: Link, atOnce: true }],
];

export interface ShownAction extends ActionShape {
  /** Why it can't be done now, as a sentence; `null`: it can. */
  readonly refusal: string | null;
}

/**
 * The sentence of a refusal, with the figures that it is about.
 * @param successor id of the reason to take instead.
 */
export function refusalWords(code: ActRefusal, work: PanelWork, successor?: string): string {
  const sentence = t(`refused_${code.replaceAll('-', '_')}`);
  const { attempts, recycles, reasons } = work;
  if (code === 'reason-retired' && successor !== undefined)
    return `${sentence} ${t('act_successor', reasonLabel(successor, reasons))}`;
  if (code === 'attempts-missing')
    return `${sentence} ${t('act_attempts_so_far', String(attempts.made), String(attempts.agreed))}`;
  if (code === 'recycled-too-often')
    return `${sentence} ${t('act_recycles', String(recycles.done), String(recycles.agreed))}`;
  return sentence;
}

/** Not this person's to do, or nobody knows yet whose: then the panel asks who they are. */
const notTheirs: ReadonlySet<ActRefusal> = new Set(['other-side', 'side-unknown', 'name-unknown']);

/** The actions of this person on this lead, in their order. What is the other side's to do does not show. */
export function shownActions(work: PanelWork, url: string | undefined): readonly ShownAction[] {
  const refusals = new Map(work.offers.map((offer) => [offer.do as string, offer.refusal]));
  const hidden = (name: ActionName): boolean => {
    const refusal = refusals.get(name);
    return refusal === undefined || (refusal !== null && notTheirs.has(refusal));
  };
  const shown = (shape: ActionShape): ShownAction | null => {
    if (shape.name === 'snooze') return { ...shape, refusal: null };
    if (shape.name === 'copy') return { ...shape, refusal: url === undefined ? t('act_no_link') : null };
    const refusal = refusals.get(shape.name) ?? null;
    return hidden(shape.name) ? null : { ...shape, refusal: refusal && refusalWords(refusal, work) };
  };
  return places.flatMap(([first, second]) => {
    const instead = second === undefined ? null : shown(second);
    const action = instead?.refusal === null ? instead : (shown(first) ?? instead);
    return action === null ? [] : [action];
  });
}

/** Words of the button. */
export const actionWords = (name: ActionName): string => t(`act_${name}`);
