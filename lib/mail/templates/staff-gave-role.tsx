import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";
import { stopAfter } from "./stop-after";

export interface StaffGaveRoleMailProps {
  /** The employer; "Perch" for a role on the platform. */
  place: string;
  /** Who of the staff did it. */
  staff: string;
  /** Who has the role now. */
  subject: string;
  role: string;
  auditUrl: string;
  host: string;
}

/** Tells the administrators of a place that staff, who stand above their team, changed it. */
export function StaffGaveRoleMail(props: StaffGaveRoleMailProps) {
  const { place, staff, subject, role, auditUrl, host } = props;
  return (
    <SheetMail
      title={`Staff gave somebody a role at ${place}`}
      preview={`${staff} gave ${subject} the role ${role}.`}
      footer={
        <MailNote last>
          Every administrator of {place} gets this mail; it cannot be switched off. Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        <MailStrong>{staff}</MailStrong>, of the staff that runs Perch, gave{" "}
        <MailStrong>{subject}</MailStrong> the role <MailStrong>{role}</MailStrong> at{" "}
        <MailStrong>{place}</MailStrong>
        {stopAfter(place)} It counts at once.
      </MailText>
      <MailText>
        Nobody of you asked for it? Remove the role, answer whoever runs Perch for you, and keep this mail.
      </MailText>
      <MailButton href={auditUrl}>Open your audit</MailButton>
    </SheetMail>
  );
}

export function staffGaveRoleText(props: StaffGaveRoleMailProps): string {
  const { place, staff, subject, role, auditUrl, host } = props;
  return `Staff gave somebody a role at ${place}

${staff}, of the staff that runs Perch, gave ${subject} the role ${role} at ${place}${stopAfter(place)}
It counts at once.

Your audit: ${auditUrl}

Nobody of you asked for it? Remove the role, answer whoever runs Perch for you,
and keep this mail.

Every administrator of ${place} gets this mail. Sent by Perch at ${host}.
`;
}
