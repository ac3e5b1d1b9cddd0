export declare function isEngine(file: string): boolean
export declare function lighten(code: string): string
export declare function lighterEngine(): { name: string; transform(code: string, file: string): { code: string; map: null } | null }
