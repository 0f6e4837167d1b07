/** Made-up people and companies of the demo CRM. Addresses use reserved names only. */

export interface Rep {
  readonly id: string;
  readonly name: string;
}

/** Who can sign in; most stories belong to the first one. */
export const reps: readonly Rep[] = [
  { id: 'lucia', name: 'Lucía Ferrer' },
  { id: 'marcus', name: 'Marcus Bell' },
  { id: 'ingrid', name: 'Ingrid Dahl' },
  { id: 'dev', name: 'Dev Kapoor' },
];

export const firstNames = [
  'Adriana', 'Bram', 'Camille', 'Dario', 'Eleni', 'Felipe', 'Greta', 'Hugo', 'Inés', 'Jakub', 'Karin', 'Leandro',
  'Maren', 'Noah', 'Olga', 'Pilar', 'Quentin', 'Rosa', 'Stefan', 'Tilda', 'Umberto', 'Vera', 'Wim', 'Yolanda',
]; // prettier-ignore

export const lastNames = [
  'Aldridge', 'Bergström', 'Castellanos', 'Dvořák', 'Esposito', 'Fairbanks', 'Gallego', 'Hoekstra', 'Iturbe', 'Jansen',
  'Kowalczyk', 'Lefèvre', 'Moreau', 'Núñez', 'Oakley', 'Pettersen', 'Quiroga', 'Rinaldi', 'Schäfer', 'Tavares',
  'Ulrich', 'Villalba', 'Winslow', 'Zamora',
]; // prettier-ignore

export const companies = [
  'Alder & Finch', 'Bluewater Logistics', 'Cobalt Foundry', 'Dunes Hotels', 'Elmwood Dental', 'Fjord Seafood',
  'Granite Legal', 'Helix Diagnostics', 'Ironbridge Tools', 'Juniper Schools', 'Kestrel Air Freight', 'Lumen Optics',
  'Mistral Energy', 'Northgate Insurance', 'Olivar Foods', 'Pinecrest Clinics', 'Quarry Lane Homes', 'Redwood Print',
  'Silverline Transit', 'Tamarind Retail',
]; // prettier-ignore

export const sources = ['Web form', 'Webinar', 'Referral', 'Trade show', 'Partner portal'];
export const regions = ['Iberia', 'DACH', 'Nordics', 'UK', 'Italy', 'France'];
export const campaigns = ['Autumn launch', 'Buyer guide', 'Live demo day', 'Customer stories', 'Pricing page'];
export const tiers = ['A', 'B', 'C'];

/** Leads of this region belong to an office that is closed at the moment. */
export const overseas = 'Overseas';
