"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { InitialsTile } from "@/components/ui/avatar";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { Tag } from "@/components/ui/tag";
import { providerListQuery } from "@/lib/client/connection-queries";
import type { QueryScope } from "@/lib/client/query-keys";
import { formatCount } from "@/lib/format/money";
import type { ProviderListView, ProviderView } from "@/lib/domain/connections/views";
import { ConnectFeedback } from "./connect-feedback";
import { useConnectLauncher } from "./connect-launcher";
import { searchProviders, type SetupFilter } from "./provider-search";

export interface ProviderPickerProps {
  scope: QueryScope;
  initial: ProviderListView;
  initialSearch: string;
}

/** Enough for those that connect at once; the others are found by name. */
const shownAtFirst = 40;

const setupFilters: { value: SetupFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "automated", label: "Automated" },
  { value: "assisted", label: "Assisted" },
];

function ProviderRow({ provider, redirect }: { provider: ProviderView; redirect: boolean }) {
  const { connect, phase, target } = useConnectLauncher();
  const isTarget = target === provider.id && phase !== "idle";
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-disabled={phase !== "idle" || undefined}
        onClick={() =>
          connect({
            flow: redirect ? "redirect" : "embedded",
            providerId: provider.id,
            ...(provider.automated ? {} : { authMethod: "assisted" as const }),
          })
        }
        className="flex min-h-12 w-full items-center gap-3 rounded-sm px-2 py-1.5 text-left hover:bg-surface-hover"
      >
        <InitialsTile name={provider.name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">
            <span className="sr-only">Connect </span>
            {provider.name}
          </span>
          <span className="block truncate text-xs text-muted">
            {provider.automated ? "Sign in, about 2 minutes" : "Set up by Finch’s team, up to 14 days"}
            {provider.mfaRequired ? " · needs a second factor" : ""}
          </span>
        </span>
        {isTarget ? <Spinner className="text-muted" /> : null}
        <Tag kind={provider.automated ? "default" : "missing"}>
          {provider.automated ? "Automated" : "Assisted"}
        </Tag>
      </button>
    </li>
  );
}

function Waiting() {
  return (
    <div role="status">
      <Banner
        tone="waiting"
        title="Perch is fetching the list of providers from Finch"
        means="This happens once and takes a few seconds. The list appears by itself."
        className="mb-4"
      />
      <div aria-hidden="true" className="grid gap-3">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="h-9" />
        ))}
      </div>
    </div>
  );
}

function NotListed({ redirect }: { redirect: boolean }) {
  const { connect, phase, target } = useConnectLauncher();
  return (
    <p className="mt-4 flex flex-wrap items-center gap-2 text-sm text-secondary">
      Not sure, or not here?
      <Button
        size="sm"
        pending={target === "any" && phase !== "idle"}
        disabled={phase !== "idle" && target !== "any"}
        onClick={() => connect({ flow: redirect ? "redirect" : "embedded" })}
      >
        Choose in Finch Connect
      </Button>
    </p>
  );
}

/** The searchable list of providers; a press opens Finch Connect at that provider. */
export function ProviderPicker({ scope, initial, initialSearch }: ProviderPickerProps) {
  const { data } = useQuery({ ...providerListQuery(scope), initialData: initial });
  const [search, setSearch] = useState(initialSearch);
  const [setup, setSetup] = useState<SetupFilter>("all");
  const [redirect, setRedirect] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const found = searchProviders(data.providers, search, setup);
  const shown = showsAll ? found : found.slice(0, shownAtFirst);
  if (data.fetchedAt === null) return <Waiting />;
  return (
    <>
      <ConnectFeedback />
      <FilterBar
        search={
          <SearchInput
            label="Search providers"
            placeholder="Gusto, ADP, BambooHR …"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") list.current?.querySelector("button")?.focus();
            }}
            className="md:w-[320px]"
          />
        }
        aside={<span role="status">{formatCount(found.length, "provider")}</span>}
      >
        <Segmented
          label="How it is set up"
          value={setup}
          items={setupFilters}
          onSelect={(value) =>
            setSetup(setupFilters.find((filter) => filter.value === value)?.value ?? "all")
          }
        />
      </FilterBar>
      {found.length === 0 ? (
        <EmptyState
          art="none"
          title={`No provider is called “${search.trim()}”`}
          action={<Button onClick={() => setSearch("")}>Show all</Button>}
        >
          Try the name of the product that payroll is run with.{" "}
          {formatCount(data.providers.length, "provider")} can be connected.
        </EmptyState>
      ) : (
        <ul
          ref={list}
          aria-label="Providers"
          className="grid grid-cols-[minmax(0,1fr)] gap-x-6 border-t border-line-strong md:grid-cols-2"
        >
          {shown.map((provider) => (
            <ProviderRow key={provider.id} provider={provider} redirect={redirect} />
          ))}
        </ul>
      )}
      {found.length > shown.length ? (
        <Button className="mt-4" onClick={() => setShowsAll(true)}>
          Show all {found.length}
        </Button>
      ) : null}
      <NotListed redirect={redirect} />
      <div className="mt-4 border-t border-line pt-3">
        <Checkbox
          label="Open Finch Connect as a page of its own"
          hint="For browsers that block embedded pages. You come back here by yourself."
          checked={redirect}
          onChange={(event) => setRedirect(event.currentTarget.checked)}
        />
      </div>
    </>
  );
}
