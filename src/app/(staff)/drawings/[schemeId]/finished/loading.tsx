import { FinishedSkeleton } from '@/ui/zones/finished/finished-skeleton.tsx';

export default function Loading() {
  return <FinishedSkeleton />;
}
