/**
 * A lead as the worker answers it, kept fresh and ticking: asked anew when the page is looked at again, when a clock changes
 * its state, and when the worker says that something happened, here or elsewhere.
 */
import { useEffect, useMemo, useState } from 'react';
import { liveClock, soonestChange, stepFor, type LiveClock } from '../clock/live';
import { useNow, type Step } from '../clock/use-now';
import { useAnswer, useFreshness, type Answered } from '../use-answer';
import type { Shown } from './clock-card';
import type { PanelServices } from './services';

export interface ShownLead<Refused> extends Answered<Shown | Refused> {
  /** `null` where no lead is answered. */
  readonly shown: Shown | null;
  /** Its clocks as they are now, in the order of the answer. */
  readonly live: readonly LiveClock[];
  /** Epoch ms. */
  readonly now: number;
}

/** @param ask must keep its identity while the question is the same. */
export function useLead<Refused extends { readonly ok: false }>(
  ask: () => Promise<Shown | Refused>,
  services: Pick<PanelServices, 'now' | 'onLook'>,
): ShownLead<Refused> {
  const [step, setStep] = useState<Step>('minute');
  const answered = useAnswer(ask);
  const now = useNow(services.now, step);
  const { answer, again } = answered;

  const shown = answer?.ok === true ? answer : null;
  const clocks = useMemo(() => shown?.clocks.map(({ clock }) => clock) ?? [], [shown]);
  const live = useMemo(
    () => (shown ? clocks.map((clock) => liveClock(clock, shown.open, now)) : []),
    [shown, clocks, now],
  );
  const wanted = stepFor(live);
  if (wanted !== step) setStep(wanted);

  useFreshness(again, shown ? soonestChange(clocks, shown.asOf) : null, now);
  useEffect(() => services.onLook(again), [services, again]);
  return { ...answered, shown, live, now };
}
