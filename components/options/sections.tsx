/**
 * The sections of the options page, in their order: a new one is a line here and a component of its own, which is loaded
 * when it is first opened. The id is its address (`options.html#<id>`) and part of its words (`options_<id>`).
 */
import { Activity, Clock, Database, FileCheck, Handshake, User, Wrench, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { OptionsServices } from './services';

export interface SectionProps {
  readonly services: OptionsServices;
}

export interface Section {
  readonly id: string;
  readonly icon: LucideIcon;
  /** Tables take the whole width; forms are narrow enough to read. */
  readonly width: 'table' | 'form';
  readonly Body: ComponentType<SectionProps>;
}

export const sections: readonly [Section, ...Section[]] = [
  {
    id: 'agreement',
    icon: Handshake,
    width: 'table',
    Body: lazy(async () => ({ default: (await import('../agreement/agreement-section')).AgreementSection })),
  },
  {
    id: 'procedure',
    icon: FileCheck,
    width: 'table',
    Body: lazy(async () => ({ default: (await import('../procedure/procedure')).Procedure })),
  },
  {
    id: 'you',
    icon: User,
    width: 'form',
    Body: lazy(async () => ({ default: (await import('../you/you')).You })),
  },
  {
    id: 'data',
    icon: Database,
    width: 'form',
    Body: lazy(async () => ({ default: (await import('../data/data')).Data })),
  },
  {
    id: 'crms',
    icon: Clock,
    width: 'table',
    Body: lazy(async () => ({ default: (await import('./crms')).Crms })),
  },
  {
    id: 'health',
    icon: Activity,
    width: 'table',
    Body: lazy(async () => ({ default: (await import('./page-health')).PageHealth })),
  },
  {
    id: 'repairs',
    icon: Wrench,
    width: 'form',
    Body: lazy(async () => ({ default: (await import('./repairs')).Repairs })),
  },
];

/** The section that an address asks for; the first one where it asks for none that we know. */
export function sectionAt(hash: string): Section {
  // A link that carries an agreement is read where agreements come in.
  if (hash.startsWith('#agreement=')) return sectionAt('#procedure');
  return sections.find(({ id }) => `#${id}` === hash) ?? sections[0];
}
