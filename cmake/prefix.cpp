// Has the precompiled header made that all rooms share (toolchain.cmake).
