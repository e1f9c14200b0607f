import { MailButton, MailLink, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface InvitationAcceptedMailProps {
  employer: string;
  /** The person of the directory. */
  person: string;
  /** Who accepted, as the account is called. */
  account: string;
  profileUrl: string;
  host: string;
}

/** Tells whoever invited that somebody now sees a person's own pages. */
export function InvitationAcceptedMail({
  employer,
  person,
  account,
  profileUrl,
  host,
}: InvitationAcceptedMailProps) {
  return (
    <SheetMail
      title={`Your invitation for ${person} was accepted`}
      preview={`${account} can see the own pages of ${person}.`}
      footer={
        <>
          <MailNote>
            If the button does not open, copy this address:
            <br />
            <MailLink href={profileUrl} />
          </MailNote>
          <MailNote last>Sent by Perch at {host}.</MailNote>
        </>
      }
    >
      <MailText>
        <MailStrong>{account}</MailStrong> accepted your invitation at {employer} and can see the profile, pay
        statements and totals of <MailStrong>{person}</MailStrong>, and nobody else&apos;s.
      </MailText>
      <MailText>Is that not the right person? End the access on the profile, at once.</MailText>
      <MailButton href={profileUrl}>Open the profile</MailButton>
    </SheetMail>
  );
}

export function invitationAcceptedText(props: InvitationAcceptedMailProps): string {
  const { employer, person, account, profileUrl, host } = props;
  return `Your invitation for ${person} was accepted

${account} accepted your invitation at ${employer} and can see the profile, pay
statements and totals of ${person}, and nobody else's.

Is that not the right person? End the access on the profile, at once:

${profileUrl}

Sent by Perch at ${host}.
`;
}
