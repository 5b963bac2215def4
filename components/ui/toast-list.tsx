'use client'

import { Toast } from '@heroui/react/toast'
import './overlays.css'

/** HeroUI's notifications, loaded by toast.tsx with the first one. */
export const ToastList = Toast.Provider
