UPDATE program_runs SET words = '' WHERE words <> ''
