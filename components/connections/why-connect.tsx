import { Clock, Eye, Lock, Unplug } from "lucide-react";
import type { ReactNode } from "react";

const promises: { icon: ReactNode; title: string; text: string }[] = [
  {
    icon: <Eye size={14} aria-hidden="true" />,
    title: "What is read",
    text: "Company, people, employment with income, payslips, deductions, tax forms (W-4), and Social Security numbers, which are encrypted at once. You see the list before you agree.",
  },
  {
    icon: <Lock size={14} aria-hidden="true" />,
    title: "Your password",
    text: "Goes to Finch and your provider only. Perch never sees or stores it.",
  },
  {
    icon: <Clock size={14} aria-hidden="true" />,
    title: "How long",
    text: "About 2 minutes for most providers. Some are set up by hand and take up to 14 days; they are marked.",
  },
  {
    icon: <Unplug size={14} aria-hidden="true" />,
    title: "Leaving",
    text: "Disconnect at any time. Access ends at once and the data is hidden.",
  },
];

/** The reasons to trust it, before anybody signs in anywhere. */
export function WhyConnect() {
  return (
    <dl className="text-sm leading-[1.45]">
      {promises.map(({ icon, title, text }) => (
        <div key={title} className="border-b border-line py-[11px]">
          <dt className="flex items-center gap-[9px] font-medium [&_svg]:text-accent">
            {icon}
            {title}
          </dt>
          <dd className="pl-[23px] text-secondary">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
