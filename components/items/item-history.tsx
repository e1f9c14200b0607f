import { Button } from "@/components/ui/button";
import type { ClassificationView, PayItemView } from "@/lib/domain/payroll/items/views";
import { daysWords } from "./item-words";

interface ItemHistoryProps {
  item: PayItemView;
  /** The one in the form, which is not in the list. */
  changedId: string | null;
  pending: boolean;
  onChange: (one: ClassificationView) => void;
  onUndo: (one: ClassificationView) => void;
}

/** Own types of other days, past and coming, and those that were undone: kept, with what they said. */
export function ItemHistory({ item, changedId, ...actions }: ItemHistoryProps) {
  const others = [item.current, ...item.others].flatMap((one) => (one && one.id !== changedId ? [one] : []));
  if (others.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-medium">Other classifications of this item</h3>
      <ul className="mt-1 grid gap-1 text-sm text-secondary">
        {others.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="mr-auto">
              {one.mappedLabel}, {daysWords(one)}
              {one.removedAt ? <span className="text-muted"> (undone)</span> : null}
              {one.note ? <span className="text-muted">: {one.note}</span> : null}
            </span>
            {one.removedAt ? null : <Acts {...actions} one={one} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Acts({
  one,
  pending,
  onChange,
  onUndo,
}: Pick<ItemHistoryProps, "pending" | "onChange" | "onUndo"> & { one: ClassificationView }) {
  const which = `${one.mappedLabel}, ${daysWords(one)}`;
  return (
    <span className="flex gap-2">
      <Button size="sm" aria-label={`Change ${which}`} onClick={() => onChange(one)}>
        Change
      </Button>
      <Button
        size="sm"
        variant="danger-quiet"
        aria-label={`Undo ${which}`}
        pending={pending}
        onClick={() => onUndo(one)}
      >
        Undo
      </Button>
    </span>
  );
}
