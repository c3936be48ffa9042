import { ChoiceSkeleton } from '@/ui/kit/skeletons.tsx';

export default function Loading() {
  return <ChoiceSkeleton />;
}
