import { Chip } from "@/components/ui/status-chip";
import { TextLink } from "@/components/ui/link";
import { None } from "@/components/ui/value";
import type { DepartmentNode, DepartmentTree } from "@/lib/domain/companies/department-tree";
import { formatCount } from "@/lib/format/money";

interface DepartmentsProps {
  tree: DepartmentTree | null;
  provider: string;
  /** Active people by department. */
  people: Readonly<Record<string, number>>;
  /** Where the directory of a department is. */
  hrefOf: (department: string) => string;
}

/** Branches are open up to this many departments; more are opened one by one. */
const openUpTo = 60;

/** The departments as a tree that opens and closes, with the people in each. */
export function Departments({ tree, provider, people, hrefOf }: DepartmentsProps) {
  if (tree === null || tree.listed === 0)
    return (
      <p className="py-2 text-sm">
        <None provider={provider} long />
      </p>
    );
  return (
    <>
      <Branch nodes={tree.roots} open={tree.listed <= openUpTo} people={people} hrefOf={hrefOf} />
      {tree.unnamed > 0 ? (
        <p className="pt-1.5 text-xs text-muted">
          {formatCount(tree.unnamed, "more department")} without a name.
        </p>
      ) : null}
    </>
  );
}

interface BranchProps extends Pick<DepartmentsProps, "people" | "hrefOf"> {
  nodes: readonly DepartmentNode[];
  open: boolean;
  nested?: boolean;
}

function Branch({ nodes, nested, ...rest }: BranchProps) {
  return (
    <ul className={nested ? "ml-[7px] border-l border-line pl-4" : "pt-1"}>
      {nodes.map((node) => (
        <li key={node.name} className="text-sm">
          {node.children.length === 0 ? (
            <p className="flex min-h-7 flex-wrap items-center gap-x-2 py-0.5 pl-[18px]">
              <Label node={node} />
              <PeopleIn node={node} {...rest} />
            </p>
          ) : (
            <details open={rest.open}>
              <summary className="flex min-h-7 cursor-pointer flex-wrap items-center gap-x-2 rounded-sm py-0.5 marker:content-none before:w-[10px] before:text-xs before:text-muted before:content-['▸'] [[open]>&]:before:content-['▾']">
                <Label node={node} />
              </summary>
              {/* Not in the summary: what opens and closes holds no link. */}
              {(rest.people[node.name] ?? 0) > 0 ? (
                <p className="flex min-h-7 items-center pl-[18px]">
                  <PeopleIn node={node} {...rest} itself />
                </p>
              ) : null}
              <Branch nodes={node.children} nested {...rest} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

interface PeopleInProps extends Pick<DepartmentsProps, "people" | "hrefOf"> {
  node: DepartmentNode;
  /** Of a department with others below it. */
  itself?: boolean;
}

function PeopleIn({ node, people, hrefOf, itself }: PeopleInProps) {
  const count = people[node.name] ?? 0;
  if (count === 0) return null;
  return (
    <TextLink
      href={hrefOf(node.name)}
      quiet
      className="inline-flex min-h-6 items-center text-xs tabular-nums"
    >
      {formatCount(count, "person", "people")}
      {itself ? " directly" : null}
      <span className={itself ? "whitespace-pre" : "sr-only"}> in {node.name}</span>
    </TextLink>
  );
}

function Label({ node }: { node: DepartmentNode }) {
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{node.name}</span>
      {node.listed ? null : (
        <span className="text-xs text-muted" title="Other departments name it as the one above them">
          named as a parent only
        </span>
      )}
      {node.loopOf === null ? null : (
        <Chip tone="attention" shape="triangle" plain>
          {node.loopOf === node.name ? "names itself as its parent" : `in a circle with ${node.loopOf}`}
        </Chip>
      )}
    </>
  );
}
