/** The two signatures: who gave theirs, who may give it, and the place to give it in. At one desk the other side types its name. */
import { useState } from 'react';
import type { AgreementDocument } from '../../lib/agreement/document';
import { formatInstant } from '../../lib/clock';
import type { Party } from '../../lib/lead/facts';
import type { DraftState } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import { Action } from '../ui/action';
import { TextEntry } from '../ui/text-entry';
import { listWords } from '../words';
import { bothParties, sideName } from './agreed-words';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';
import type { Doing } from './use-doing';

export interface SigningProps {
  readonly draft: DraftState;
  readonly document: AgreementDocument;
  readonly person: PersonSettings | null;
  readonly services: ProcedureServices;
  readonly doing: Doing;
  readonly now: number;
}

export function Signing({ draft, document, person, services, doing, now }: SigningProps) {
  return (
    <div className={styles.signing}>
      {bothParties.map((party) => {
        const signature = draft.signatures.find((one) => one.party === party);
        const named = document.parties[party].signatories ?? [];
        const side = sideName(party, document);
        return (
          <section key={party} className={styles.side} aria-label={side}>
            <p className={styles.strong}>{side}</p>
            {signature ? (
              <p>{t('procedure_signed_by', signature.by, formatInstant(signature.at, now, language()))}</p>
            ) : (
              <>
                <p>{named.length === 0 ? t('procedure_nobody_named') : t('procedure_may_sign', listWords(named))}</p>
                {named.length > 0 && (
                  <SignForm party={party} side={side} person={person} services={services} doing={doing} />
                )}
              </>
            )}
          </section>
        );
      })}
    </div>
  );
}

interface SignFormProps {
  readonly party: Party;
  readonly side: string;
  readonly person: PersonSettings | null;
  readonly services: ProcedureServices;
  readonly doing: Doing;
}

function SignForm({ party, side, person, services, doing }: SignFormProps) {
  const own = person?.side === party ? (person.name ?? '') : '';
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? own).trim();
  const sign = (): void => {
    if (name === '' || doing.busy) return;
    // Their own word goes by who the settings say they are.
    const data = name === own ? {} : { as: { party, by: name } };
    doing.run(() => services.sign(data), t('procedure_done_signed', name, side));
  };
  return (
    <form
      className={styles.sign}
      aria-label={t('procedure_sign_for', side)}
      onSubmit={(event) => {
        event.preventDefault();
        sign();
      }}
    >
      <TextEntry label={t('procedure_sign_name')} value={typed ?? own} onChange={setTyped} maxLength={120} />
      <Action busy={doing.busy || name === ''} onAction={sign}>
        {t('procedure_sign_for', side)}
      </Action>
    </form>
  );
}
