/**
 * Hosts of Dynamics 365, listed one by one, because `*.dynamics.com` is much else besides: the data centres that the vendor
 * names (10, 13 and 18 are none of customers'), and the sovereign clouds, which have no number. For adapter and catalogue.
 */
const centres = ['', 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21];
const sovereign = ['crm.dynamics.cn', 'crm.microsoftdynamics.us', 'crm.appsplatform.us', 'crm.microsoftdynamics.de'];

export const hosts: readonly string[] = [
  ...centres.map((number) => `https://*.crm${number}.dynamics.com/*`),
  ...sovereign.map((host) => `https://*.${host}/*`),
];
