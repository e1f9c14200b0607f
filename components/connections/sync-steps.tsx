import { Copyable } from "@/components/ui/copyable";
import { StepList, type Step } from "@/components/ui/step-progress";
import { TextLink } from "@/components/ui/link";
import { formatNumber } from "@/lib/format/money";
import type { SyncStepView } from "@/lib/domain/connections/run-views";
import { stepLabel } from "./connection-look";
import { stepDetail } from "./step-detail";

export interface EntityName {
  id: string;
  name: string | null;
}

interface SyncStepsProps {
  steps: readonly SyncStepView[];
  entities: readonly EntityName[];
  now: string;
  /** Where the items that failed are listed; left out where they are not. */
  errorsHref?: string;
}

/** What a connection's company is called where its name may not be known. */
export function entityName(entities: readonly EntityName[], id: string): string {
  const at = entities.findIndex((entity) => entity.id === id);
  return entities[at]?.name ?? (at < 0 ? "A company that is no longer there" : `Company ${at + 1}`);
}

function Note({ step }: { step: SyncStepView }) {
  if (!step.trouble) return null;
  return (
    <dl className="grid max-w-[88ch] gap-x-3 gap-y-0.5 sm:grid-cols-[92px_minmax(0,1fr)]">
      <dt className="font-medium text-secondary">What it means</dt>
      <dd className="text-ink">{step.trouble.means}</dd>
      <dt className="font-medium text-secondary">What to do</dt>
      <dd className="text-ink">{step.trouble.todo}</dd>
      {step.requestId ? (
        <>
          <dt className="font-medium text-secondary">Finch request</dt>
          <dd>
            <Copyable value={step.requestId} label="Finch request" className="-my-1" />
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function toStep(step: SyncStepView, now: string, errorsHref: string | undefined): Step {
  const { errors, detail, ...row } = stepDetail(step, now);
  const lacking = `${formatNumber(errors)} without data`;
  return {
    ...row,
    label: stepLabel(step.name),
    detail:
      errors === 0 ? (
        detail || null
      ) : (
        <>
          {detail ? `${detail} · ` : ""}
          {errorsHref ? <TextLink href={errorsHref}>{lacking}</TextLink> : lacking}
        </>
      ),
    ...(step.trouble ? { note: <Note step={step} /> } : {}),
    ...(step.requestId && !step.trouble
      ? {
          action: (
            <Copyable iconOnly value={step.requestId} label={`Finch request of ${stepLabel(step.name)}`} />
          ),
        }
      : {}),
  };
}

/** All steps of a run: what is asked once, then company by company where there are several. */
export function SyncSteps({ steps, entities, now, errorsHref }: SyncStepsProps) {
  const groups = new Map<string, SyncStepView[]>();
  for (const step of steps) groups.set(step.entityId, [...(groups.get(step.entityId) ?? []), step]);
  const rowsOf = (group: readonly SyncStepView[]) => group.map((step) => toStep(step, now, errorsHref));
  return (
    <>
      {[...groups].map(([entityId, group]) => (
        <div key={entityId}>
          {entityId === "" ? null : (
            <h3 className="border-b border-line-strong pt-3.5 pb-1 text-sm font-medium">
              {entityName(entities, entityId)}
            </h3>
          )}
          <StepList
            steps={rowsOf(group)}
            label={entityId === "" ? "Steps" : `Steps of ${entityName(entities, entityId)}`}
          />
        </div>
      ))}
    </>
  );
}
