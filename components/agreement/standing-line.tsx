/** Said before somebody writes in a draft that is before both sides, and once they did: any change takes that back. */
import { plural, t } from '../../lib/platform/i18n';
import { Box, Said } from '../ui/part';
import type { Standing } from './use-draft';

export function StandingLine({ standing: { isProposed, signatures, voided } }: { readonly standing: Standing }) {
  return (
    <>
      {isProposed && (
        <Box>
          <p>{signatures === 0 ? t('agreement_proposed') : plural('agreement_signed', signatures)}</p>
        </Box>
      )}
      <Said>
        {voided !== null && (voided === 0 ? t('agreement_proposal_gone') : plural('agreement_voided', voided))}
      </Said>
    </>
  );
}
