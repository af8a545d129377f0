#include "app/command_line.hpp"

int main(int argc, char** argv) { return rapport::app::run(argc, argv); }
