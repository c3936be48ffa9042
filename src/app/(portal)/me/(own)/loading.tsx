import { FormSkeleton } from '@/ui/kit/skeletons.tsx';

export default function Loading() {
  return <FormSkeleton />;
}
