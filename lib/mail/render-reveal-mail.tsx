import { render } from "@react-email/render";
import { formatInstant } from "@/lib/format/dates";
import type { RenderedMail } from "./render-mail";
import { BreakGlassMail, breakGlassText, type BreakGlassMailProps } from "./templates/break-glass";
import { RevealAlertMail, revealAlertText, type RevealAlertMailProps } from "./templates/reveal-alert";

type At<Props> = Omit<Props, "when"> & { at: Date };

/** In UTC: a mail does not know where it is read. */
const whenOf = (at: Date) => formatInstant(at, "UTC", { showZone: true });

export async function renderBreakGlassMail({ at, ...rest }: At<BreakGlassMailProps>): Promise<RenderedMail> {
  const props = { ...rest, when: whenOf(at) };
  return {
    subject: `Perch staff opened an SSN of ${props.place}`,
    html: await render(<BreakGlassMail {...props} />),
    text: breakGlassText(props),
  };
}

export async function renderRevealAlertMail({
  at,
  ...rest
}: At<RevealAlertMailProps>): Promise<RenderedMail> {
  const props = { ...rest, when: whenOf(at) };
  return {
    subject: `Reveals at ${props.place} were stopped`,
    html: await render(<RevealAlertMail {...props} />),
    text: revealAlertText(props),
  };
}
