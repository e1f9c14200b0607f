import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";
import { stopAfter } from "./stop-after";

export interface BreakGlassMailProps {
  /** The employer. */
  place: string;
  /** Who of the staff did it. */
  staff: string;
  reason: string;
  when: string;
  personUrl: string;
  auditUrl: string;
  host: string;
}

/** Tells an employer's administrators that staff opened an SSN. Names nobody of the payroll: the link does. */
export function BreakGlassMail({
  place,
  staff,
  reason,
  when,
  personUrl,
  auditUrl,
  host,
}: BreakGlassMailProps) {
  return (
    <SheetMail
      title="Staff opened the SSN of one of your people"
      preview={`${staff} opened the SSN of one person at ${place}${stopAfter(place)}`}
      footer={
        <MailNote last>
          Every administrator of {place} gets this mail; it cannot be switched off. Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        <MailStrong>{staff}</MailStrong>, of the staff that runs Perch, opened the Social Security number of{" "}
        <a href={personUrl} className="lk" style={{ color: "#035a67" }}>
          one person
        </a>{" "}
        at <MailStrong>{place}</MailStrong> on {when}, for 60 seconds.
      </MailText>
      <MailText>
        The reason given: <MailStrong>“{reason}”</MailStrong>
      </MailText>
      <MailText>
        This is for emergencies. If you did not ask for it, or the reason is not right, answer whoever runs
        Perch for you, and keep this mail.
      </MailText>
      <MailButton href={auditUrl}>Open your audit</MailButton>
    </SheetMail>
  );
}

export function breakGlassText(props: BreakGlassMailProps): string {
  const { place, staff, reason, when, personUrl, auditUrl, host } = props;
  return `Staff opened the SSN of one of your people

${staff}, of the staff that runs Perch, opened the Social Security number of one
person at ${place} on ${when}, for 60 seconds.

Whose: ${personUrl}
The reason given: “${reason}”
Your audit: ${auditUrl}

This is for emergencies. If you did not ask for it, or the reason is not right,
answer whoever runs Perch for you, and keep this mail.

Every administrator of ${place} gets this mail. Sent by Perch at ${host}.
`;
}
