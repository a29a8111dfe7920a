/** Words that no declaration can have as its name in C++17 or C++20. */
export const cppKeywords: ReadonlySet<string> = new Set(
  (
    'alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class co_await co_return co_yield compl concept const ' +
    'const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend ' +
    'goto if inline int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires ' +
    'return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned ' +
    'using virtual void volatile wchar_t while xor xor_eq'
  ).split(' '),
);

/** Macros of the C++ library and of platform headers: a declaration of that name would be replaced by their text. */
export const cppMacros: ReadonlySet<string> = new Set(
  'BOOL CONST DELETE DOMAIN EOF ERROR FALSE HUGE_VAL IGNORE IN INFINITE INFINITY NAN NULL OPTIONAL OUT OVERFLOW STRICT TRUE UNDERFLOW VOID assert errno linux stderr stdin stdout unix'.split(' '),
);
