import type { ReactNode } from "react";
import { InitialsTile } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Section } from "@/components/ui/section";
import { Tag } from "@/components/ui/tag";
import type { BreakGlassPersonView, BreakGlassView } from "@/lib/domain/reveal/get-break-glass";
import { breakGlassHref, type BreakGlassAddress } from "./break-glass-url";

interface StepProps {
  number: number;
  title: string;
  /** Not reached yet. */
  waiting?: boolean;
  children?: ReactNode;
}

export function BreakGlassStep({ number, title, waiting, children }: StepProps) {
  return (
    <Section
      title={
        <span className={cn("inline-flex items-center gap-2", waiting && "text-muted")}>
          <span
            aria-hidden="true"
            className="inline-grid size-5 place-items-center rounded-full border border-line-strong text-xs tabular-nums"
          >
            {number}
          </span>
          {title}
        </span>
      }
    >
      {children}
    </Section>
  );
}

/** What was chosen, and the way back. */
function Chosen({ name, detail, changeHref }: { name: string; detail?: ReactNode; changeHref: string }) {
  return (
    <p className="flex items-center gap-2.5 py-3 text-sm">
      <InitialsTile name={name} />
      <span className="min-w-0 flex-1">
        <span className="font-medium">{name}</span>
        {detail ? <span className="text-muted"> {detail}</span> : null}
      </span>
      <LinkButton href={changeHref} size="sm" prefetch={false}>
        Change
      </LinkButton>
    </p>
  );
}

function Choices({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line border-b border-line">
      {children}
    </ul>
  );
}

function Choice({ name, detail, href }: { name: string; detail?: ReactNode; href: string | null }) {
  return (
    <li className="flex min-h-11 items-center gap-2.5 py-1.5 text-sm">
      <InitialsTile name={name} />
      <span className="min-w-0 flex-1">
        {name}
        {detail ? <span className="ml-1.5 text-muted">{detail}</span> : null}
      </span>
      {href ? (
        <LinkButton href={href} size="sm" prefetch={false} aria-label={`Choose ${name}`}>
          Choose
        </LinkButton>
      ) : (
        <Tag kind="missing">no SSN held</Tag>
      )}
    </li>
  );
}

interface StepsProps {
  view: BreakGlassView;
  address: BreakGlassAddress;
  search: ReactNode;
}

export function EmployerStep({ view, address, search }: StepsProps) {
  const { employer, employers } = view;
  return (
    <BreakGlassStep number={1} title="Employer">
      {employer ? (
        <Chosen name={employer.name} changeHref={breakGlassHref()} />
      ) : (
        <>
          <div className="flex py-3">{search}</div>
          {employers.length > 0 ? (
            <Choices label="Employers">
              {employers.map(({ id, name }) => (
                <Choice key={id} name={name} href={breakGlassHref({ customerId: id })} />
              ))}
            </Choices>
          ) : (
            <p className="pb-3 text-sm text-secondary">
              No employer has “{address.employerSearch}” in its name.
            </p>
          )}
        </>
      )}
    </BreakGlassStep>
  );
}

const personDetail = ({ providerName, isActive }: BreakGlassPersonView) =>
  `${providerName}${isActive === false ? ", no longer employed" : ""}`;

export function PersonStep({ view, address, search }: StepsProps) {
  const { employer, people, person } = view;
  if (!employer) return <BreakGlassStep number={2} title="Person" waiting />;
  const customerId = employer.id;
  if (person)
    return (
      <BreakGlassStep number={2} title="Person">
        <Chosen
          name={person.name}
          detail={personDetail(person)}
          changeHref={breakGlassHref({ customerId, search: address.personSearch })}
        />
      </BreakGlassStep>
    );
  return (
    <BreakGlassStep number={2} title="Person">
      <div className="flex py-3">{search}</div>
      {people === null ? (
        <p className="pb-3 text-sm text-muted">Two letters of the name or more. Nobody is listed before.</p>
      ) : people.length === 0 ? (
        <p className="pb-3 text-sm text-secondary">
          Nobody at {employer.name} has “{address.personSearch}” in the name.
        </p>
      ) : (
        <Choices label={`People of ${employer.name}`}>
          {people.map((each) => (
            <Choice
              key={each.id}
              name={each.name}
              detail={personDetail(each)}
              href={
                each.ssnHeld
                  ? breakGlassHref({ customerId, search: address.personSearch, individualId: each.id })
                  : null
              }
            />
          ))}
        </Choices>
      )}
    </BreakGlassStep>
  );
}
