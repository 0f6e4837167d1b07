/** The agreement that an organisation keeps at an address of its own, which its policy names. */
import { everyMs, readKept, refreshFrom, type Address, type AddressUser, type KeptAddress } from './agreement-address';
import { shelfKeys } from './agreement-shelf';

export const policyEveryMs = everyMs;

const organisation: AddressUser = { shelf: shelfKeys.policy, loopback: false };

export const readAddress = (): Promise<KeptAddress | null> => readKept(organisation);

/** Asks the address if it is time to. @returns whether another agreement came. */
export const refreshAddress = (address: Address, now: number): Promise<boolean> =>
  refreshFrom(address, organisation, now);
