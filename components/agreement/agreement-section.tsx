/** The editor as a section of the options page. */
import type { SectionProps } from '../options/sections';
import { AgreementEditor } from './agreement-editor';

export function AgreementSection({ services }: SectionProps) {
  return <AgreementEditor services={services.agreement} />;
}
