"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag, Tags } from "@/components/ui/tag";
import type { ItemRulesView, ItemRuleView } from "@/lib/domain/payroll/item-rules/views";
import type { RuleActions } from "./rule-actions";
import { RuleDialog } from "./rule-dialog";
import { conditionWords, daysOfRule } from "./rule-words";

interface RulesBoardProps {
  customerId: string;
  connectionId: string;
  view: Pick<ItemRulesView, "rules" | "entities" | "names">;
  /** Null where the reader may not, or Finch does not offer it. */
  actions: RuleActions | null;
}

/** The rules of a connection in the order in which they count, and how to have them changed. */
export function RulesBoard({ customerId, connectionId, view, actions }: RulesBoardProps) {
  const [open, setOpen] = useState<{ rule: ItemRuleView | null; remove: boolean } | null>(null);
  const several = view.entities.length > 1;
  const add = actions ? (
    <Button variant="primary" onClick={() => setOpen({ rule: null, remove: false })}>
      Add a rule
    </Button>
  ) : null;
  return (
    <>
      {view.rules.length === 0 ? (
        <EmptyState title="No rules at Finch" action={add}>
          A rule gives labels of yours to pay items whose name, type or category you say.
        </EmptyState>
      ) : (
        <>
          {add ? <div className="flex justify-end pb-3">{add}</div> : null}
          <Table label="Finch’s rules">
            <THead>
              <TR>
                <TH>For lines whose</TH>
                <TH>Labels</TH>
                <TH wide>Pay dates</TH>
                {several ? <TH wide>Entity</TH> : null}
                <TH wide numeric>
                  Priority
                </TH>
                {actions ? (
                  <TH>
                    <span className="sr-only">Actions</span>
                  </TH>
                ) : null}
              </TR>
            </THead>
            <TBody>
              {view.rules.map((rule) => (
                <TR key={`${rule.entityId} ${rule.id}`}>
                  <TD rowHeader wrap className="min-w-[120px] break-words">
                    {rule.conditions.map(conditionWords).join(" and ") || "anything"}
                    <SubLine className="md:hidden">{daysOfRule(rule)}</SubLine>
                  </TD>
                  <TD wrap>
                    <Tags>
                      {rule.labels.map(({ key, value }) => (
                        <Tag key={key} className="h-auto max-w-[220px] break-all whitespace-normal">
                          {key}: {value}
                        </Tag>
                      ))}
                    </Tags>
                  </TD>
                  <TD wide>{daysOfRule(rule)}</TD>
                  {several ? (
                    <TD wide>
                      {view.entities.find(({ id }) => id === rule.entityId)?.name ?? rule.entityId}
                    </TD>
                  ) : null}
                  <TD wide numeric>
                    {rule.priority ?? "–"}
                  </TD>
                  {actions ? (
                    <TD className="text-right">
                      <span className="flex justify-end gap-1.5 max-md:flex-wrap">
                        <Button
                          size="sm"
                          aria-label={`Change the rule on ${rule.conditions.map(conditionWords).join(" and ")}`}
                          onClick={() => setOpen({ rule, remove: false })}
                        >
                          Change
                        </Button>
                        <Button
                          size="sm"
                          variant="danger-quiet"
                          aria-label={`Delete the rule on ${rule.conditions.map(conditionWords).join(" and ")}`}
                          onClick={() => setOpen({ rule, remove: true })}
                        >
                          Delete
                        </Button>
                      </span>
                    </TD>
                  ) : null}
                </TR>
              ))}
            </TBody>
          </Table>
        </>
      )}
      {open && actions ? (
        <RuleDialog
          {...{ customerId, connectionId, view, actions }}
          {...open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
