import { ForbiddenState } from '@/ui/kit/states.tsx';

export default function Forbidden() {
  return <ForbiddenState homeHref="/today" />;
}
