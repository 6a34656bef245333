// libstdc++ 13 sets up std::cout and its kin by this one function (version GLIBCXX_3.4.32); libstdc++ 12 does it by an object.
// Preloaded, this gives libraries built with the former what they ask for on a system that has the latter.
#include <ios>

namespace std {
void ios_base_library_init()
{
    static ios_base::Init once;
}
}
