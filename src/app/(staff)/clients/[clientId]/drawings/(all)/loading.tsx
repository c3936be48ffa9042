import { DrawingsSkeleton } from '@/ui/zones/card/drawings-skeleton.tsx';

export default function Loading() {
  return <DrawingsSkeleton />;
}
