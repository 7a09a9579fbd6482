# `make` in ra các việc làm được; mỗi việc chỉ gọi `python -m hocsau_build …` hoặc pytest.
PYTHON ?= python3
VENV   ?= .venv
RUN     = OMP_NUM_THREADS=1 $(VENV)/bin/python
TOOL    = $(RUN) -m hocsau_build

.DEFAULT_GOAL := help
.PHONY: help env book serve test check new notebooks tables status upstream outline record bench labels clean

help:  ## in bảng này
	@echo "Học sâu: các việc làm được"; \
	grep -hE '^(##@|[a-z-]+:.*## )' $(MAKEFILE_LIST) | \
	awk '/^##@/ {printf "\n%s\n", substr($$0, 5); next} \
	{i = index($$0, ":"); j = index($$0, "## "); printf "  make %-10s %s\n", substr($$0, 1, i-1), substr($$0, j+3)}'

##@ Đọc
book: env  ## dựng sách vào _build/html (tạo môi trường nếu chưa có)
	$(TOOL) book
serve: env  ## dựng, mở máy chủ tại chỗ, tự dựng lại khi tệp đổi
	$(TOOL) serve

##@ Viết
new: env  ## dựng khung trang mới: make new ID=nyu/04-1 (MODULE=hocsau.ten, DICH=1: bản dịch)
	$(TOOL) new $(ID) $(if $(MODULE),--module $(MODULE)) $(if $(DICH),--translate)
check: env  ## soát mọi luật của sách trong vài giây (FIX=1: tự sửa chỗ sửa được)
	$(TOOL) check $(if $(FIX),--fix) $(if $(GITHUB_ACTIONS),--github)
	$(RUN) -m ruff check -q .
notebooks: env  ## viết lại notebooks/ cho Colab và Binder (CHECK=1: chỉ soát)
	$(TOOL) export $(if $(CHECK),--check)
tables: env  ## viết lại các bảng sinh ra trong CONTRIBUTING.md
	$(TOOL) check --table
status: env  ## tình trạng từng trang
	$(TOOL) status
upstream: env  ## bài của khóa gốc có đổi không (cần mạng), ghi vào book/_syllabus/upstream.json
	$(TOOL) upstream
outline: env  ## dàn ý bản gốc của các trang dịch (cần mạng): make outline ID=nyu/04-1
	$(TOOL) outline $(ID)

##@ Giữ
record:  ## ghi đầu ra của các ô gpu bằng Python của máy có CUDA (ONLY_STALE=1: chỉ bản ghi cũ hay thiếu)
	PYTHONPATH=code $(PYTHON) -m hocsau_build record $(if $(ONLY_STALE),--only-stale) $(PAGES)
test: env  ## dựng sách rồi chạy mọi phép thử, cả trong trình duyệt
	$(TOOL) book
	$(RUN) -m pytest -q
bench: env  ## đo tốc độ so với Jupyter Book gốc và PyTorch
	$(RUN) benchmarks/run.py
labels:  ## tạo các nhãn trên GitHub, cho người bảo trì (cần gh; .github/bao-tri.md)
	PYTHONPATH=code $(PYTHON) -m hocsau_build.ci.labels
clean:  ## xóa mọi thứ dựng ra
	rm -rf _build

env:
	@$(PYTHON) code/hocsau_build/environment.py $(VENV)
