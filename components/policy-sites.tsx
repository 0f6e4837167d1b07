/** The organisation's CRMs that are not allowed yet, with the button that allows them. */
import type { PolicySiteServices } from '../lib/messages/policy-sites';
import { t } from '../lib/platform/i18n';
import { Action } from './ui/action';
import { Box, Wrong } from './ui/part';
import { usePolicySites } from './use-policy-sites';

export function PolicySites({ services }: { readonly services: PolicySiteServices }) {
  const { names, trouble, busy, allow } = usePolicySites(services);
  if (names === null) return null;
  return (
    <Box>
      <p>{t('policy_sites', names)}</p>
      <div>
        <Action busy={busy} onAction={allow}>
          {t('policy_sites_allow')}
        </Action>
      </div>
      {trouble !== '' && <Wrong>{trouble}</Wrong>}
    </Box>
  );
}
