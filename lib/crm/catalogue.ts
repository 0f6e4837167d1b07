/**
 * Which CRMs there are, for whoever must name one without reading a page: the worker, the options, the manifest. No DOM
 * code and no adapter may be imported here. A test keeps it equal to the registry.
 */
export interface CrmEntry {
  readonly id: string;
  readonly label: string;
  /** Match patterns of the SaaS. */
  readonly hosts: readonly string[];
}

const shipped: readonly CrmEntry[] = [
  { id: 'espocrm', label: 'EspoCRM', hosts: ['https://*.espocloud.com/*'] },
  { id: 'tryton', label: 'Tryton', hosts: [] },
];

/** Every adapter's name tag, in the registry's order. The demo's exists in test builds only. */
// Without a bundler (the build's own configuration) there is no demo.
export const catalogue: readonly CrmEntry[] =
  typeof __DEMO_ADAPTER__ === 'boolean' && __DEMO_ADAPTER__
    ? [...shipped, { id: 'demo', label: 'Demo CRM', hosts: [] }]
    : shipped;

/** What to call a CRM; the id itself where nobody knows it (any more). */
export function crmLabel(id: string): string {
  return catalogue.find((entry) => entry.id === id)?.label ?? id;
}
