/** Who the person is, by their own settings. Types only, as `contract.ts`. */
import type { PersonSettings } from '../settings/person';
import type { Nothing } from './nothing';

/** Our own pages → worker. */
export interface PersonProtocol {
  person(data: Nothing): {
    readonly person: PersonSettings;
    readonly readable: boolean;
    /** Settings that the organisation has set and a person can't change. */
    readonly locked?: readonly string[];
    /** Settings whose value is the organisation's. */
    readonly byPolicy?: readonly string[];
  };
  /** `false` where the storage refused, or holds a newer version's settings. */
  savePerson(data: { readonly person: PersonSettings }): { readonly ok: boolean };
}
