import { PageSkeleton } from '@/ui/kit/skeletons.tsx';

export default function Loading() {
  return <PageSkeleton />;
}
