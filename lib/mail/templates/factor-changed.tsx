import { MailButton, MailNote, MailText, SheetMail } from "./sheet-mail";

export interface FactorChangedMailProps {
  title: string;
  /** What happened, with its time. */
  what: string;
  /** What to do where it was somebody else. */
  ifNot: string;
  host: string;
  securityUrl: string;
}

/** Tells somebody that the second factor of their account changed, was used up or was guessed at. */
export function FactorChangedMail({ title, what, ifNot, host, securityUrl }: FactorChangedMailProps) {
  return (
    <SheetMail
      title={title}
      preview={what}
      footer={
        <MailNote last>
          Perch sends this with every change of a second factor; it cannot be switched off. Sent by Perch at{" "}
          {host}.
        </MailNote>
      }
    >
      <MailText>{what}</MailText>
      <MailText>If that was you, there is nothing to do. {ifNot}</MailText>
      <MailButton href={securityUrl}>See your second factors</MailButton>
    </SheetMail>
  );
}

export function factorChangedText({ title, what, ifNot, host, securityUrl }: FactorChangedMailProps): string {
  return `${title}

${what}

If that was you, there is nothing to do. ${ifNot}

${securityUrl}

Perch sends this with every change of a second factor; it cannot be switched off.
Sent by Perch at ${host}.
`;
}
