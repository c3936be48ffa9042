import { NotFoundState } from '@/ui/kit/states.tsx';

export default function NotFound() {
  return <NotFoundState homeHref="/today" />;
}
