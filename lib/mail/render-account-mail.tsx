import { render } from "@react-email/render";
import { formatInstant } from "@/lib/format/dates";
import type { RenderedMail } from "./render-mail";
import {
  SessionsEndedMail,
  sessionsEndedText,
  type SessionsEndedMailProps,
} from "./templates/sessions-ended";
import { SignInAlertMail, signInAlertText, type SignInAlertMailProps } from "./templates/sign-in-alert";

type At<Props> = Omit<Props, "when"> & { at: Date };

// Told in UTC: a mail does not know where it is read.
const withWhen = <Rest extends object>({ at, ...rest }: Rest & { at: Date }) => ({
  ...rest,
  when: formatInstant(at, "UTC", { showZone: true }),
});

/** "New sign-in to Perch". */
export async function renderSignInAlertMail(facts: At<SignInAlertMailProps>): Promise<RenderedMail> {
  const props = withWhen(facts);
  return {
    subject: `New sign-in to Perch with ${props.browser}`,
    html: await render(<SignInAlertMail {...props} />),
    text: signInAlertText(props),
  };
}

/** "Your other sessions were ended". */
export async function renderSessionsEndedMail(facts: At<SessionsEndedMailProps>): Promise<RenderedMail> {
  const props = withWhen(facts);
  return {
    subject: "Your other sessions at Perch were ended",
    html: await render(<SessionsEndedMail {...props} />),
    text: sessionsEndedText(props),
  };
}
