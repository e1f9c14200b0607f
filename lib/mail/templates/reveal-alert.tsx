import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface RevealAlertMailProps {
  /** The employer. */
  place: string;
  /** Whose attempt was the first one refused. */
  person: string;
  limit: "reveal-user" | "reveal-employer";
  when: string;
  /** The audit: the employer's for its administrators, the platform's view of it for staff. */
  auditUrl: string;
  host: string;
}

function whatHappened({ person, place, limit }: RevealAlertMailProps): string {
  return limit === "reveal-user"
    ? `${person} revealed 20 SSNs or bank numbers of ${place} within an hour, and asked for more.`
    : `100 SSNs or bank numbers of ${place} were revealed within a day, and ${person} asked for more.`;
}

const until = { "reveal-user": "for the rest of the hour", "reveal-employer": "for the rest of the day" };

/** Tells administrators and staff that so many values were opened that no more are. */
export function RevealAlertMail(props: RevealAlertMailProps) {
  const { place, limit, when, auditUrl, host } = props;
  return (
    <SheetMail
      title="Reveals were stopped"
      preview={whatHappened(props)}
      footer={
        <MailNote last>
          Administrators of {place} and the staff of Perch get this mail once for each stop. Sent by Perch at{" "}
          {host}.
        </MailNote>
      }
    >
      <MailText>
        <MailStrong>{whatHappened(props)}</MailStrong> That was on {when}.
      </MailText>
      <MailText>
        Perch opens no more {until[limit]}
        {limit === "reveal-user" ? " for this person" : ", for nobody of this employer"}. Everything that was
        opened is in the audit with its reason.
      </MailText>
      <MailText>
        If this is not work that you know of, take the role away on the team page: it ends at once.
      </MailText>
      <MailButton href={auditUrl}>Open the audit</MailButton>
    </SheetMail>
  );
}

export function revealAlertText(props: RevealAlertMailProps): string {
  return `Reveals were stopped

${whatHappened(props)}
That was on ${props.when}. Perch opens no more ${until[props.limit]}.

Everything that was opened is in the audit with its reason:
${props.auditUrl}

If this is not work that you know of, take the role away on the team page: it
ends at once.

Sent by Perch at ${props.host}.
`;
}
