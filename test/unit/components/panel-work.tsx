/** A panel on one lead whose worker the test holds in its hand, and what that worker offers to each side. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PanelApp } from '../../../components/panel/panel-app';
import type { PanelServices } from '../../../components/panel/services';
import type { ActName, ActRefusal, PanelWork } from '../../../lib/messages/acts';
import { panelReply, panelServices, workWith } from './support';

export const lead = 'crm|https://crm.example.com|Lead|1';
/** What the worker offers to sales, and to marketing. */
export const rep: readonly ActName[] = [
  'accept',
  'reject',
  'recycle',
  'touch',
  'pause',
  'block',
  'note',
  'dismiss',
  'undo',
];
export const marketer: readonly ActName[] = ['flag', 'answer', 'readiness', 'unblock', 'note', 'dismiss', 'undo'];

export const offering = (names: readonly ActName[], refusals: Partial<Record<ActName, ActRefusal>> = {}) =>
  (
    [
      'accept',
      'reject',
      'recycle',
      'touch',
      'pause',
      'resume',
      'block',
      'unblock',
      'flag',
      'answer',
      'readiness',
      'note',
      'dismiss',
      'undo',
    ] as const
  ).map((name) => ({
    do: name,
    refusal: refusals[name] ?? (names.includes(name) ? null : ('other-side' as const)),
  }));

export const sales = (change: Partial<PanelWork> = {}) => workWith({ offers: offering(rep), ...change });

export async function open(work: PanelWork, change: Partial<PanelServices> = {}, url?: string) {
  const reply = panelReply([], { work });
  if (reply.ok && url !== undefined) Object.assign(reply, { lead: { ...reply.lead, url } });
  const services = panelServices(async () => reply, change);
  render(<PanelApp services={services} />);
  await screen.findByRole('list', { name: /What you can do|Qué puedes hacer/ });
  return { services, user: userEvent.setup() };
}
