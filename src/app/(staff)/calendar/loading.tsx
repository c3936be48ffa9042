import { GridSkeleton } from '@/ui/calendar/grid-skeleton.tsx';

export default function Loading() {
  return (
    <div className="-mt-3 h-[calc(100dvh-9.5rem)] pt-12 md:h-[calc(100dvh-5rem)]">
      <GridSkeleton />
    </div>
  );
}
